"""What the pages for a visitor's own pictures compute: intake, reconstruction, denoising."""
