"""The native libraries that wheels carry inside, and the licences that we know them to have.

What a wheel's metadata says is about its Python part: that PyAV's holds x264, and OpenCV's a Qt, is
in no field of it. The names of the files tell what there is. The licences are those that the
projects give themselves; they stand here, for no file says them. FFmpeg's is what the library in
that wheel answers when it is asked (``avutil_license``). What is linked into a library cannot be
seen from outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata

_LIBRARY = re.compile(
    r"(?:^|/)(?:lib)?(?P<name>[A-Za-z0-9_+-]+?)"
    r"(?:-[0-9a-f]{8})*(?:\.so(?P<version>[.\d]*)|(?P<mac>[.\d]*)\.dylib|(?P<win>-\d+)?\.dll)$"
)
_CARRIED = re.compile(r"\.libs/|\.dylibs/|^pyarrow/lib(arrow|parquet)|libmediapipe|libpdfium")
_FFMPEG = ("avcodec", "avdevice", "avfilter", "avformat", "avutil", "swresample", "swscale")

# By the beginning of the library's name.
LICENCES: Mapping[str, str] = {
    "SvtAv1Enc": "BSD-3-Clause-Clear",
    "Qt5": "LGPL-3.0-only",
    "X11": "X11",
    "Xau": "X11",
    "aec": "BSD-2-Clause",
    "aom": "BSD-2-Clause",
    "arrow": "Apache-2.0",
    "asound": "LGPL-2.1-or-later",
    "avif": "BSD-2-Clause",
    "brotli": "MIT",
    "dav1d": "BSD-2-Clause",
    "drm": "MIT",
    "freetype": "FTL OR GPL-2.0-or-later",
    "gfortran": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "gmp": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "gnutls": "LGPL-2.1-or-later",
    "harfbuzz": "MIT-Modern-Variant",
    "hdf5": "BSD-3-Clause",
    "hogweed": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "jpeg": "IJG AND BSD-3-Clause AND Zlib",
    "lcms2": "MIT",
    "lzma": "0BSD",
    "mediapipe": "Apache-2.0",
    "mp3lame": "LGPL-2.0-or-later",
    "nettle": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "openblas": "BSD-3-Clause",
    "opencore-amr": "Apache-2.0",
    "openjp2": "BSD-2-Clause",
    "opus": "BSD-3-Clause",
    "parquet": "Apache-2.0",
    "png": "libpng-2.0",
    "quadmath": "LGPL-2.1-or-later",
    "scipy_openblas": "BSD-3-Clause",
    "sharpyuv": "BSD-3-Clause",
    "sz": "BSD-2-Clause",
    "tiff": "libtiff",
    "unistring": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "vpl": "MIT",
    "vpx": "BSD-3-Clause",
    "webp": "BSD-3-Clause",
    "x264": "GPL-2.0-or-later",
    "x265": "GPL-2.0-or-later",
    "xcb": "X11",
    "xkbcommon": "MIT",
    "zstd": "BSD-3-Clause OR GPL-2.0-only",
}
_FFMPEG_IN = {"av": "LGPL-3.0-or-later", "opencv-contrib-python": "LGPL-2.1-or-later"}


@dataclass(frozen=True, slots=True)
class Native:
    """One native library within a wheel.

    Attributes
    ----------
    path
        Where it lies among the installed packages.
    version
        As its name says; empty where it does not.
    licence
        As SPDX writes it; empty where we do not know it.
    sha256
        As the wheel recorded it, in hexadecimal; empty where it did not.
    """

    name: str
    path: str
    version: str
    licence: str
    sha256: str


def natives_of(distribution: metadata.Distribution, sha256_of: Mapping[str, str]) -> list[Native]:
    """Return the native libraries that a distribution carries, by name."""
    found = []
    for path, sha256 in sha256_of.items():
        match = _LIBRARY.search(path) if _CARRIED.search(path) else None
        if match:
            name = match["name"]
            version = (match["version"] or match["mac"] or match["win"] or "").strip(".-")
            licence = _licence(distribution.name, name)
            found.append(Native(name, path, version, licence, sha256))
    return sorted(found, key=lambda one: one.path)


def _licence(distribution: str, library: str) -> str:
    if library.startswith(_FFMPEG):
        return _FFMPEG_IN.get(distribution, "")
    # The longest beginning that fits: openblas is not OpenBLAS's neighbour in the alphabet.
    fits = [name for name in LICENCES if library.startswith(name)]
    return LICENCES[max(fits, key=len)] if fits else ""
