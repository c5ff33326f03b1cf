"""Pictures of simulated people: a body's mesh, its clothes, a room, and a rasteriser.

Only numpy and OpenCV: no graphics driver, display or 3-D program is needed.
"""
