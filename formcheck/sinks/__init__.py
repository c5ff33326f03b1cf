"""Where snapshots go: videos, tables, recordings, windows. One file each."""
