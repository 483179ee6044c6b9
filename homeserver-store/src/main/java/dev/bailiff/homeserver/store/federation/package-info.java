/** Other servers that the store knows (admin-api 5.47). Bailiff itself does not connect to them. */
@NullMarked
package dev.bailiff.homeserver.store.federation;

import org.jspecify.annotations.NullMarked;
