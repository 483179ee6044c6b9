package dev.bailiff.gateway.metric;

import dev.bailiff.job.PublishableCommand;
import dev.bailiff.kafka.CommandPublisher;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts the commands that this gateway publishes. */
public final class PublishedCommands implements CommandPublisher {
  private final CommandPublisher next;
  private final Counter commands;

  public PublishedCommands(CommandPublisher next, PrometheusRegistry registry) {
    this.next = next;
    this.commands =
        Counter.builder()
            .name("bailiff_published_commands_total")
            .help("Commands handed to Kafka after the commit that made them due")
            .labelNames("kind")
            .register(registry);
  }

  @Override
  public void publish(List<PublishableCommand> published) {
    published.forEach(one -> commands.labelValues(one.command().kind()).inc());
    next.publish(published);
  }
}
