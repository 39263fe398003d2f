package dev.lookaside.lb.adminhttp;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.lb.admin.Applied;
import dev.lookaside.lb.admin.Control;
import dev.lookaside.lb.admin.Questions;
import dev.lookaside.lb.admin.Refused;
import dev.lookaside.security.http.HttpGuard;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What operators change and ask by the dashboard: the same as by {@code Admin}, with the same
 * refusals. A change is made on what the operator was looking at, or not at all.
 */
@RestController
@RequestMapping(path = "/dashboard/api")
public final class AdminController {
  /**
   * What a page may offer.
   *
   * @param refusal why who asks can change nothing; null if they can
   * @param policies names of all that there are
   */
  record Offer(@Nullable String refusal, List<String> policies) {}

  record Complaint(String message) {}

  private final Control control;
  private final Questions questions;
  private final Askers askers;

  public AdminController(Control control, Questions questions, Askers askers) {
    this.control = control;
    this.questions = questions;
    this.askers = askers;
  }

  @GetMapping("/offer")
  Offer offer(HttpServletRequest request) {
    return new Offer(HttpGuard.refusalOfChanges(request).orElse(null), Policies.names());
  }

  @GetMapping("/explain")
  ExplainedPick explain(
      @RequestParam(defaultValue = "") String service,
      @RequestParam(defaultValue = "") String seed,
      HttpServletRequest request) {
    askers.requireRight(request, service);
    return ExplainedPick.of(questions.explain(service, List.of(), "", seed(seed)));
  }

  @GetMapping("/decisions")
  RecentPicks decisions(
      @RequestParam(defaultValue = "") String service, HttpServletRequest request) {
    askers.requireRight(request, service);
    return RecentPicks.of(
        questions.sample(), questions.decisions(service::equals, RecentPicks.MOST));
  }

  private static OptionalLong seed(String text) {
    try {
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new Refused(
          Refused.Kind.INVALID, "seed is '" + text + "' (expected: a whole number of 64 bits)");
    }
  }

  @PostMapping("/drain")
  CompletableFuture<Applied> drain(HttpServletRequest request)
      throws IOException, HttpMediaTypeNotSupportedException {
    return make(request, control::drain);
  }

  @PostMapping("/undrain")
  CompletableFuture<Applied> undrain(HttpServletRequest request)
      throws IOException, HttpMediaTypeNotSupportedException {
    return make(request, control::undrain);
  }

  @PostMapping("/lift")
  CompletableFuture<Applied> lift(HttpServletRequest request)
      throws IOException, HttpMediaTypeNotSupportedException {
    return make(request, control::liftEjection);
  }

  @PostMapping("/weight")
  CompletableFuture<Applied> weight(HttpServletRequest request)
      throws IOException, HttpMediaTypeNotSupportedException {
    var change = read(request, Change.OfWeight.class);
    var note = Askers.note(request, change);
    return change.weight().isPresent()
        ? control.setWeight(change.service(), change.ids(), change.weight().get(), note)
        : control.resetWeight(change.service(), change.ids(), note);
  }

  @PostMapping("/policy")
  CompletableFuture<Applied> policy(HttpServletRequest request)
      throws IOException, HttpMediaTypeNotSupportedException {
    var change = read(request, Change.OfPolicy.class);
    var note = Askers.note(request, change);
    return change.policy().isPresent()
        ? control.setPolicy(change.service(), change.policy().get(), note)
        : control.resetPolicy(change.service(), note);
  }

  private CompletableFuture<Applied> make(HttpServletRequest request, Control.OfEndpoints what)
      throws IOException, HttpMediaTypeNotSupportedException {
    var change = read(request, Change.OfEndpoints.class);
    return what.make(change.service(), change.ids(), Askers.note(request, change));
  }

  private <C extends Record & Change> C read(HttpServletRequest request, Class<C> type)
      throws IOException, HttpMediaTypeNotSupportedException {
    C change = Body.read(request, type);
    askers.requireRight(request, change.service());
    return change;
  }

  @ExceptionHandler
  ResponseEntity<Complaint> refused(Refused refused) {
    return ResponseEntity.status(status(refused.kind()))
        .body(new Complaint(String.valueOf(refused.getMessage())));
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.FORBIDDEN)
  Complaint refused(NoRight refused) {
    return new Complaint(String.valueOf(refused.getMessage()));
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
  Complaint refused(HttpMediaTypeNotSupportedException refused) {
    return new Complaint(String.valueOf(refused.getMessage()));
  }

  private static HttpStatus status(Refused.Kind kind) {
    return switch (kind) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case STALE -> HttpStatus.CONFLICT;
      case PRECONDITION -> HttpStatus.PRECONDITION_FAILED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
    };
  }
}
