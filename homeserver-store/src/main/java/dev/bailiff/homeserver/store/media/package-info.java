/**
 * Media: their records, their files, quarantine and deletion (admin-api 4.13, 4.14, 5.13 to 5.23,
 * 5.41). Files are accessed through a small port, so that object storage can replace the folder
 * later.
 */
@NullMarked
package dev.bailiff.homeserver.store.media;

import org.jspecify.annotations.NullMarked;
