// Pictures that follow sliders in a saved page: all that moves them came with the data.

import livePictures from "../components/live_pictures/index.js";
import { open } from "./open.js";

open(livePictures);
