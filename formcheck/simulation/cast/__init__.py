"""Who is in the sample clips, what they do, in which room, and from where they are filmed."""

from formcheck.simulation.cast.first_seven import FIRST_SEVEN
from formcheck.simulation.cast.lying_and_kneeling import LYING_AND_KNEELING
from formcheck.simulation.cast.others import OTHERS
from formcheck.simulation.cast.upright import UPRIGHT
from formcheck.simulation.cast.yoga_and_tai_chi import YOGA_AND_TAI_CHI
from formcheck.simulation.scene import Scene

SCENES: tuple[Scene, ...] = (
    *FIRST_SEVEN,
    *OTHERS,
    *UPRIGHT,
    *YOGA_AND_TAI_CHI,
    *LYING_AND_KNEELING,
)
