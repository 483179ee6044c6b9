/**
 * Events of the own store as the light calls read them: state, histories and single events
 * (admin-api 5.7, 5.8, 5.42 to 5.46), and the forms in which clients get events. The package only
 * reads.
 */
@NullMarked
package dev.bailiff.homeserver.store.timeline;

import org.jspecify.annotations.NullMarked;
