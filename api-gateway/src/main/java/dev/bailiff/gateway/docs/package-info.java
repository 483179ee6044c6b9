/**
 * The OpenAPI document, joined from the parts in {@code schemas}, and the page that shows it. The
 * page comes from a WebJar and from this package's own resources; nothing is fetched from other
 * servers. Tests compare the document with the code.
 */
@NullMarked
package dev.bailiff.gateway.docs;

import org.jspecify.annotations.NullMarked;
