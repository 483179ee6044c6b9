/**
 * The OpenAPI document, joined of the parts in {@code schemas}, and the page that shows it. The
 * page comes from a WebJar and from this package's own resources; nothing is fetched from other
 * servers. Tests hold the document against the code.
 */
@NullMarked
package dev.bailiff.gateway.docs;

import org.jspecify.annotations.NullMarked;
