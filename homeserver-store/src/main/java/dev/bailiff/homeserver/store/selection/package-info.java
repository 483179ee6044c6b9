/**
 * Targets found by their properties (docs/http.md): conditions as SQL, pages by key, counts. Reads
 * only.
 */
@NullMarked
package dev.bailiff.homeserver.store.selection;

import org.jspecify.annotations.NullMarked;
