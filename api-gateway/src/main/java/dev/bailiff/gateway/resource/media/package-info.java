/**
 * Media, as the light calls show and change their records: quarantine, media of a room, copies of
 * other servers' media (admin-api 5.16 to 5.23, 5.41). Deletions are jobs and live one package up.
 */
@NullMarked
package dev.bailiff.gateway.resource.media;

import org.jspecify.annotations.NullMarked;
