/** What a failure's message says where others tell it apart by its words. */

/** The kind is `cut`, and it was the client that closed the connection before its answer was there. */
export const clientLeft = "The client went away.";
