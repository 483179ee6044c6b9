package dev.bailiff.gateway.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.For;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BooleanSupplier;

/**
 * For supervisors and load balancers. Live: this process answers. Ready: 200 while the database
 * answers and the gateway is not stopping, with {@code degraded} while Kafka is away; 503
 * otherwise.
 */
@For(Audience.EVERYBODY)
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final DatabaseProbe database;
  private final BooleanSupplier kafka;
  private final BooleanSupplier stopping;

  public HealthResource(DatabaseProbe database, BooleanSupplier kafka, BooleanSupplier stopping) {
    this.database = database;
    this.kafka = kafka;
    this.stopping = stopping;
  }

  @GET
  @Path("/live")
  public ObjectNode live() {
    return JsonNodeFactory.instance.objectNode().put("status", "ok");
  }

  @GET
  @Path("/ready")
  public Response ready() {
    boolean databaseAnswers = database.answers();
    boolean kafkaAnswers = kafka.getAsBoolean();
    boolean ready = databaseAnswers && !stopping.getAsBoolean();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", ready ? kafkaAnswers ? "ok" : "degraded" : "unavailable")
            .put("database", databaseAnswers ? "ok" : "away")
            .put("kafka", kafkaAnswers ? "ok" : "away");
    return Response.status(ready ? 200 : 503).entity(body).build();
  }
}
