package dev.bailiff.gateway.job.follow;

import dev.bailiff.gateway.auth.hold.HeldTokens;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that is answered as soon as its job has another version than the client knows. It is
 * answered once, with the job as it is then.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class LongPoll implements Follower {
  private final JobId job;
  private final JobFeed feed;
  private final JobReader jobs;
  private final Answering answering;
  private @Nullable JobView known;
  private @Nullable JobView newest;
  private boolean isAnswered;

  /**
   * How a call is answered.
   *
   * @param body of the reply
   * @param onEnd called once when the call is answered
   */
  record Answering(
      AsyncResponse response, Function<JobView, Object> body, ApiException unknown, AtEnd onEnd) {}

  LongPoll(JobId job, JobFeed feed, JobReader jobs, Answering answering) {
    this.job = job;
    this.feed = feed;
    this.jobs = jobs;
    this.answering = answering;
  }

  @Override
  public JobId job() {
    return job;
  }

  /** Waits for another state than this one. The feed may have told it already. */
  void awaitAnother(JobView state) {
    synchronized (this) {
      known = state;
    }
    answerIfChanged();
  }

  @Override
  public void changed(JobChange change) {
    synchronized (this) {
      newest = change.job();
    }
    answerIfChanged();
  }

  private void answerIfChanged() {
    JobView state;
    synchronized (this) {
      state = newest;
      if (known == null || state == null || state.version() <= known.version()) {
        return;
      }
    }
    feed.answer(() -> answerWith(state));
  }

  @Override
  public void gone() {
    feed.answer(() -> answer(answering.unknown()));
  }

  @Override
  public void missed() {}

  /** Answers with the job as it is. */
  @Override
  public void stop() {
    feed.answer(this::answerAsItIs);
  }

  /** Answers as any later call with the token will be. */
  void revoke() {
    feed.answer(() -> answer(ErrorMapper.response(HeldTokens.REFUSAL)));
  }

  private void answerAsItIs() {
    try {
      var state = jobs.find(job);
      answer(state.isPresent() ? answering.body().apply(state.get()) : answering.unknown());
    } catch (RuntimeException e) {
      answer(e);
    }
  }

  /** Answers with a state, in the thread of the caller. */
  void answerWith(JobView state) {
    answer(answering.body().apply(state));
  }

  private void answer(Object reply) {
    synchronized (this) {
      if (isAnswered) {
        return;
      }
      isAnswered = true;
    }
    answering.onEnd().run();
    if (reply instanceof Throwable fault) {
      answering.response().resume(fault);
    } else {
      answering.response().resume(reply);
    }
  }
}
