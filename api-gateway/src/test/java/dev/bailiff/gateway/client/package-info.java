/**
 * Admin clients as they are: each sends what it sends to a homeserver, in its order, with its
 * encoding of paths, its header lines and its bodies, and finds what it reads in the answers. A
 * class is a client; {@code docs/http.md} says what each needs configured.
 */
package dev.bailiff.gateway.client;
