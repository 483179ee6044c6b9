package dev.bailiff.gateway.job.follow;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.hold.HeldTokens;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.job.store.TransitionReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Opens streams of events and long polls. Each has a place, a hold on its token and a deadline, and
 * gives them back when it ends. Each is told changes first and reads the store then, so that no
 * change falls between.
 */
public final class Following {
  /** Of what changed while a client was away; beyond it the client reads the list anew. */
  private static final int MOST_RESUMED = EventStream.MOST_PENDING;

  /** How long a browser waits until it opens a stream again. */
  private static final String RETRY = "retry: 2000\n";

  private final JobReader jobs;
  private final TransitionReader transitions;
  private final JobFeed feed;
  private final HeldTokens tokens;
  private final FollowPlaces places;
  private final Duration longest;
  private final Duration heartbeat;

  /**
   * @param replyTime after which any reply is cut
   */
  public Following(
      JobReader jobs,
      TransitionReader transitions,
      JobFeed feed,
      HeldTokens tokens,
      FollowConfig config,
      Duration replyTime) {
    this.jobs = jobs;
    this.transitions = transitions;
    this.feed = feed;
    this.tokens = tokens;
    this.places = new FollowPlaces(config.most(), config.perToken());
    var half = replyTime.dividedBy(2);
    var wished = config.longest().toJavaDuration();
    this.longest = wished.compareTo(half) < 0 ? wished : half;
    this.heartbeat = config.heartbeat().toJavaDuration();
  }

  /** How many streams and long polls are open. */
  public int open() {
    return places.taken();
  }

  /**
   * Sends the events of one job, until it has ended.
   *
   * @param request suspended by JAX-RS
   * @return whether a stream was opened; false if the job has ended and the client has its last
   *     state
   * @throws ApiException 404, 429
   */
  public boolean stream(
      HttpServletRequest request, Caller caller, JobId job, Function<JobView, byte[]> writer) {
    var known = lastEventId(request);
    return open(
        request,
        caller,
        new EventStream.Wish(job, state -> true),
        writer,
        stream -> {
          var state = jobs.find(job).orElseThrow(Following::unknown);
          boolean isKnown = known.isPresent() && known.getAsLong() == state.version();
          if (isKnown && state.status().isTerminal()) {
            return Optional.empty();
          }
          if (!isKnown) {
            stream.changed(new JobChange(state, feed.mark()));
          }
          return Optional.of(RETRY + "\n");
        });
  }

  /**
   * Sends the events of all jobs.
   *
   * @throws ApiException 429
   */
  public boolean stream(
      HttpServletRequest request,
      Caller caller,
      FollowFilter filter,
      Function<JobView, byte[]> writer) {
    var known = lastEventId(request);
    return open(
        request,
        caller,
        new EventStream.Wish(null, filter),
        writer,
        stream -> {
          long mark = feed.mark();
          if (known.isEmpty()) {
            return Optional.of(RETRY + "id: " + mark + "\n\n");
          }
          resume(stream, known.getAsLong());
          return Optional.of(RETRY + "\n");
        });
  }

  /** What a stream does before it begins: the text to begin with; empty if it is not needed. */
  @FunctionalInterface
  private interface Preparation {
    Optional<String> prepare(EventStream stream);
  }

  private boolean open(
      HttpServletRequest request,
      Caller caller,
      EventStream.Wish wish,
      Function<JobView, byte[]> writer,
      Preparation preparation) {
    var atEnd = place(caller);
    var stream = new EventStream(wish, writer, atEnd);
    try {
      feed.add(stream);
      atEnd.add(() -> feed.remove(stream));
      atEnd.add(tokens.hold(caller.token(), stream::cut)::close);
      var first = preparation.prepare(stream);
      if (first.isEmpty()) {
        atEnd.run();
        return false;
      }
      var beats = feed.every(heartbeat, stream::beat);
      atEnd.add(() -> beats.cancel(false));
      var end = feed.after(longest, stream::stop);
      atEnd.add(() -> end.cancel(false));
      var context = request.getAsyncContext();
      var response = (HttpServletResponse) context.getResponse();
      response.setStatus(200);
      response.setContentType(EventStream.MEDIA_TYPE);
      // Some proxies keep an answer back until they have much of it.
      response.setHeader("X-Accel-Buffering", "no");
      context.setTimeout(0);
      stream.begin(context, first.get());
      return true;
    } catch (IOException e) {
      atEnd.run();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      atEnd.run();
      throw e;
    }
  }

  /** Tells what changed since a mark, and all jobs at work, as progress has no marks. */
  private void resume(EventStream stream, long since) {
    var changed = transitions.jobsSince(since, MOST_RESUMED + 1);
    var all = new LinkedHashSet<>(changed);
    all.addAll(transitions.active(MOST_RESUMED + 1));
    if (all.size() > MOST_RESUMED) {
      stream.missed();
    }
    // Their mark is the old one: a client that is cut off among them has not got all yet.
    jobs.findAll(all.stream().limit(MOST_RESUMED).toList())
        .forEach(job -> stream.changed(new JobChange(job, since)));
  }

  /**
   * Answers as soon as a job has another version than the client knows, and when the time is over.
   *
   * @param body of the reply
   * @throws ApiException 404, 429
   */
  public void answer(
      JobId job,
      Caller caller,
      Patience patience,
      Function<JobView, Object> body,
      AsyncResponse response) {
    var atEnd = place(caller);
    var poll =
        new LongPoll(
            job, feed, jobs, new LongPoll.Answering(response, body, Following.unknown(), atEnd));
    try {
      feed.add(poll);
      atEnd.add(() -> feed.remove(poll));
      atEnd.add(tokens.hold(caller.token(), poll::revoke)::close);
      var state = jobs.find(job).orElseThrow(Following::unknown);
      if (state.status().isTerminal() || patience.isOver(state)) {
        poll.answerWith(state);
        return;
      }
      var end = feed.after(patience.time(), poll::stop);
      atEnd.add(() -> end.cancel(false));
      poll.awaitAnother(state);
    } catch (RuntimeException e) {
      atEnd.run();
      throw e;
    }
  }

  /**
   * How long a client waits, and for what.
   *
   * @param since the version that the client knows; empty for the present one
   */
  public record Patience(Duration time, OptionalLong since) {
    boolean isOver(JobView state) {
      return since.isPresent() && since.getAsLong() != state.version();
    }
  }

  private AtEnd place(Caller caller) {
    var key = caller.token().map(token -> "token " + token.id()).orElse(caller.requester());
    places.take(key);
    var atEnd = new AtEnd();
    atEnd.add(() -> places.giveBack(key));
    return atEnd;
  }

  static ApiException unknown() {
    return ApiException.notFound("No such job");
  }

  /** Where a client wants to go on; a text that is no id of ours counts as none. */
  private static OptionalLong lastEventId(HttpServletRequest request) {
    var text = request.getHeader("Last-Event-ID");
    if (text == null || !text.matches("[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
