"""A whole session in front of a camera: a plan, gone through set by set.

Pure and streaming like the core below it: one pose in, one view out; time comes with the pose.
There are no sentences here, only codes and numbers: `formcheck.texts` says them in a language.
"""
