/** Synapse's calls by subject, with the parts of their answers that jobs need. */
@NullMarked
package dev.bailiff.homeserver.synapse.api;

import org.jspecify.annotations.NullMarked;
