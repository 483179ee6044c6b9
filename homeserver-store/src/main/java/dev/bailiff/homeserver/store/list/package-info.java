/** What lists of all features share: a page, and a value that was given or not. */
@NullMarked
package dev.bailiff.homeserver.store.list;

import org.jspecify.annotations.NullMarked;
