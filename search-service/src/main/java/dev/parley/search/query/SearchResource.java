package dev.parley.search.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.search.SearchConfig;
import dev.parley.search.question.Filter;
import dev.parley.search.question.Parsed;
import dev.parley.search.question.Question;
import dev.parley.search.question.QuestionParser;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// `GET /api/search/messages`.
@Path("/api/search/messages")
@RolesAllowed("user")
public class SearchResource {

  private static final String QUERY = "q";
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  private final MessageSearch search;
  private final SearchConfig.Query limits;
  private final QuestionParser parser;
  private final JsonWebToken token;

  public SearchResource(MessageSearch search, SearchConfig config, JsonWebToken token) {
    this.search = search;
    this.limits = config.search().query();
    this.parser = new QuestionParser(limits.textCharsMax(), limits.termsMax());
    this.token = token;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public ObjectNode find(@Context UriInfo uri) {
    var caller = caller();
    var parameters = single(uri.getQueryParameters());
    var question = question(parameters, caller);
    int limit = limit(parameters.get(LIMIT));
    return FoundJson.of(search.find(caller, question, limit, parameters.get(CURSOR)));
  }

  private UUID caller() {
    var caller = Ids.parse(token.getSubject());
    if (caller == null) {
      throw new RefusedException(ErrorCode.UNAUTHENTICATED, "The token names no user");
    }
    return caller;
  }

  private Question question(Map<String, String> parameters, UUID caller) {
    var filters = new EnumMap<Filter, String>(Filter.class);
    parameters.forEach((name, value) -> {
      if (List.of(QUERY, LIMIT, CURSOR).contains(name)) {
        return;
      }
      var filter = Filter.named(name);
      if (filter == null) {
        throw new RefusedException(
            ErrorCode.INVALID, "Unknown parameter \"" + shortened(name) + "\"");
      }
      if (filters.put(filter, value) != null) {
        throw new RefusedException(
            ErrorCode.INVALID, "The filter \"" + filter.wireName() + "\" is given twice");
      }
    });
    return switch (parser.parse(parameters.get(QUERY), filters, caller)) {
      case Parsed.Understood(var question) -> question;
      case Parsed.Refused(var detail) -> throw new RefusedException(ErrorCode.INVALID, detail);
    };
  }

  private static Map<String, String> single(MultivaluedMap<String, String> all) {
    var single = new java.util.TreeMap<String, String>();
    all.forEach((name, values) -> {
      if (values.size() != 1) {
        throw new RefusedException(
            ErrorCode.INVALID, "The parameter \"" + shortened(name) + "\" is given twice");
      }
      single.put(name, values.getFirst());
    });
    return single;
  }

  private int limit(@Nullable String text) {
    if (text == null) {
      return limits.hitsDefault();
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1) {
        return Math.min(limit, limits.hitsMax());
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that makes no sense.
    }
    throw new RefusedException(ErrorCode.INVALID, "limit must be a number from 1");
  }

  private static String shortened(String name) {
    return name.length() <= 32 ? name : name.substring(0, 32) + "...";
  }
}
