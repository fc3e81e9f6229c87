"""What the pages for a person's own pictures compute: intake, reconstruction, denoising."""
