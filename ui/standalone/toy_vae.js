// The toy VAE in a saved page: it is trained by the page itself, as in the app.

import toyVae from "../components/toy_vae/index.js";
import { open } from "./open.js";

open(toyVae, { painted: true });
