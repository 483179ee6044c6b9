package dev.bailiff.gateway.health;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.duty.KafkaReadiness;
import dev.bailiff.schemas.api.health.LivenessReply;
import dev.bailiff.schemas.api.health.ReadinessReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Health for supervisors and load balancers. Live: this process answers. Ready: 200 while the
 * database answers and the gateway is not stopping; 503 otherwise. The status is {@code degraded}
 * while light calls are served and jobs accepted, but jobs are not worked or not reported at once:
 * Kafka is away, a kind has no workers, or a loop of this gateway fails.
 */
@AllowedFor(Audience.EVERYBODY)
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final DatabaseProbe database;
  private final KafkaReadiness kafka;
  private final GatewayLoopsCheck loops;
  private final Supplier<Optional<Boolean>> homeserver;
  private final BooleanSupplier stopping;

  public HealthResource(
      DatabaseProbe database,
      KafkaReadiness kafka,
      GatewayLoopsCheck loops,
      Supplier<Optional<Boolean>> homeserver,
      BooleanSupplier stopping) {
    this.database = database;
    this.kafka = kafka;
    this.loops = loops;
    this.homeserver = homeserver;
    this.stopping = stopping;
  }

  @GET
  @Path("/live")
  public LivenessReply live() {
    return new LivenessReply("ok");
  }

  @GET
  @Path("/ready")
  public Response ready() {
    boolean databaseAnswers = database.answers();
    boolean kafkaAnswers = kafka.isAnswering();
    var withoutWorkers = kafka.withoutWorkers();
    // While Kafka is away, the loops that need it fail; the reply already shows that Kafka is away.
    boolean loopsFail = kafkaAnswers && !loops.complaints().isEmpty();
    var homeserverAnswers = homeserver.get();
    boolean whole =
        kafkaAnswers && withoutWorkers.isEmpty() && !loopsFail && homeserverAnswers.orElse(true);
    boolean ready = databaseAnswers && !stopping.getAsBoolean();
    var body =
        new ReadinessReply(
            ready ? whole ? "ok" : "degraded" : "unavailable",
            databaseAnswers ? "ok" : "away",
            kafkaAnswers ? "ok" : "away",
            homeserverAnswers.map(answers -> answers ? "ok" : "away").orElse(null),
            withoutWorkers.isEmpty() ? null : List.copyOf(withoutWorkers),
            loopsFail ? "failing" : null);
    return Response.status(ready ? 200 : 503).entity(body).build();
  }
}
