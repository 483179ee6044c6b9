/**
 * Flows of admin clients. A class plays one client: it sends the client's requests to a homeserver
 * in the client's order, with the client's encoding of paths, header lines and bodies. It checks
 * that the answers hold the keys that the client reads. {@code docs/http.md} shows the
 * configuration that each client needs.
 */
package dev.bailiff.gateway.client;
