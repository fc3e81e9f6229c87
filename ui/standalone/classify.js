// Classify in a saved page: the networks follow the pen in the page itself; a few pages of labelled pictures are stored.

import classify from "../components/classify/index.js";
import { open } from "./open.js";

// What is known of a picture beside its pixels, which the component has.
function named(source, pictures) {
  const same = pictures.find((each) => JSON.stringify(each.source) === JSON.stringify(source));
  return { source, image: null, words: same?.words ?? "", label: same?.label ?? null };
}

// stored: pages of labelled pictures, see ui/images/classify/visit.py.
const serve = (stored) => ({
  answer: (_, { source, page }, data) => ({
    ...data,
    picture: named(source, [data.picture, ...stored.flatMap(({ images }) => images)]),
    strip: stored[page % stored.length],
  }),
  actions: [],
});

open(classify, { serve });
