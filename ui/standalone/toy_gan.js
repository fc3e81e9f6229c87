// The toy GAN in a saved page: it is trained by the page itself, as in the app.

import toyGan from "../components/toy_gan/index.js";
import { open } from "./open.js";

open(toyGan, { painted: true });
