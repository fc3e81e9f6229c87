// Flow matching in a saved page: it is trained by the page itself, as in the app.

import toyFlow from "../components/toy_flow/index.js";
import { open } from "./open.js";

open(toyFlow, { painted: true });
