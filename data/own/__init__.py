"""A person's own pictures as a data set.

    files     = archive.files(raw, "roses.zip")      what a zip holds, or files.of_folder(path); nothing is unpacked
    intake    = Intake(files)                        reads them one by one: intake.pictures, intake.problems
    prepared  = Preparation(intake, settings)        the same as inputs of a network, with copies and failures named
    splits    = prepared.splits("roses")             train and held-out pictures

A file that cannot be read is named with its reason and costs no other one. Nothing is written to a disk.
"""
