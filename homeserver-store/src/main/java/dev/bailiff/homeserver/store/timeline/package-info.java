/**
 * Events of the own store, as the light calls read them: state, history in the order in which it is
 * shown, single events (admin-api 5.7, 5.8, 5.42 to 5.46), and the forms in which clients get them.
 * Nothing here changes anything.
 */
@NullMarked
package dev.bailiff.homeserver.store.timeline;

import org.jspecify.annotations.NullMarked;
