/**
 * Rooms, as the light calls show and change them: lists, state, messages, who is in power
 * (admin-api 5.5 to 5.8, 5.35, 5.42 to 5.46). What is long is a job and lives one package up.
 */
@NullMarked
package dev.bailiff.gateway.resource.room;

import org.jspecify.annotations.NullMarked;
