/** Other servers, as far as the store knows of them (admin-api 5.47). Bailiff talks to none. */
@NullMarked
package dev.bailiff.homeserver.store.federation;

import org.jspecify.annotations.NullMarked;
