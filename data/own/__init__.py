"""A visitor's own pictures as a data set.

    files     = archive.files(raw, "roses.zip")      the files of a zip, or files.of_folder(path); nothing is unpacked
    intake    = Intake(files)                        reads them one by one: intake.pictures, intake.problems
    prepared  = Preparation(intake, settings)        the pictures as inputs of a network; reports copies and failures
    splits    = prepared.splits("roses")             train and held-out pictures

A file that cannot be read is reported with the reason and does not affect the others. Nothing is written to a disk.
"""
