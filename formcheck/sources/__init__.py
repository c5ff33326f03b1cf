"""Where pictures come from: video files, folders of pictures, cameras. One file each."""
