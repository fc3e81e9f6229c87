// The denoiser in a saved page: noise, answers and figures come from the page itself, as in the app until the hand lets go.

import denoiser from "../components/denoiser/index.js";
import { open } from "./open.js";

open(denoiser);
