package dev.bailiff.schemas.api.event;

import com.fasterxml.jackson.databind.JsonNode;

/** An event in the form that servers exchange (admin-api 5.43). */
public record FetchedEventReply(JsonNode event) {}
