/** Types that the lists of all features share: a page, and a value that a request may set. */
@NullMarked
package dev.bailiff.homeserver.store.list;

import org.jspecify.annotations.NullMarked;
