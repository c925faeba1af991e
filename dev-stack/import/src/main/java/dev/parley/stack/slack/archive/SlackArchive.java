package dev.parley.stack.slack.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A Slack export: `users.json`, the lists of conversations, and a folder with a file per day for
/// each of them.
///
/// Nothing is ever written to disk, so a name in the archive is only a name: of all files those are
/// read that are called what an export calls them. Day files are read one at a time; whatever is
/// wrong is an [ArchiveRefusedException].
public final class SlackArchive implements AutoCloseable {

  private static final String USERS = "users.json";
  private static final Pattern DAY =
      Pattern.compile("([^/\\\\]{1,255})/(\\d{4}-\\d{2}-\\d{2})\\.json");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // A message of the parser would repeat what is in the archive.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final ZipFile zip;
  private final ArchiveLimits limits;
  private final String workspace;
  private final Map<String, SlackPerson> people;
  private final List<SlackConversation> conversations;

  /// By folder, then by date.
  private final Map<String, TreeMap<String, ZipEntry>> days = new HashMap<>();

  private SlackArchive(ZipFile zip, ArchiveLimits limits) {
    this.zip = zip;
    this.limits = limits;
    findDays();
    List<JsonNode> users = list(USERS);
    if (users == null) {
      throw new ArchiveRefusedException(
          "This is a zip, but no Slack export: it has no users.json.");
    }
    this.workspace = workspace(users);
    this.people = Lists.people(users);
    this.conversations = readConversations();
  }

  public static SlackArchive open(Path file, ArchiveLimits limits) {
    if (!Files.exists(file)) {
      throw new ArchiveRefusedException("There is no file " + file + ".");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ArchiveRefusedException(file + " is not a file that can be read.");
    }
    ZipFile zip = unzip(file);
    try {
      return new SlackArchive(zip, limits);
    } catch (RuntimeException e) {
      close(zip);
      throw e;
    }
  }

  /// Slack's id of the workspace, or `slack` where the export does not tell.
  public String workspace() {
    return workspace;
  }

  /// By Slack's id.
  public Map<String, SlackPerson> people() {
    return people;
  }

  public List<SlackConversation> conversations() {
    return conversations;
  }

  /// The history of a conversation, oldest first, as far as it is in the archive.
  public History history(SlackConversation conversation) {
    TreeMap<String, ZipEntry> files = days.getOrDefault(conversation.folder(), new TreeMap<>());
    return new History(people, files.values().iterator(), this::day);
  }

  /// Packed bytes of the files of this conversation: how much of the whole it is.
  public long packedBytes(SlackConversation conversation) {
    return days.getOrDefault(conversation.folder(), new TreeMap<>()).values().stream()
        .mapToLong(entry -> Math.max(0, entry.getCompressedSize()))
        .sum();
  }

  @Override
  public void close() {
    close(zip);
  }

  private static ZipFile unzip(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new ArchiveRefusedException(
          file
              + (startsLikeAZip(file)
                  ? " is a zip that is cut off or damaged."
                  : " is no zip file."));
    } catch (IOException e) {
      throw new ArchiveRefusedException(file + " cannot be read: " + e.getMessage());
    }
  }

  private static boolean startsLikeAZip(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K';
    } catch (IOException e) {
      return false;
    }
  }

  private void findDays() {
    if (zip.size() > limits.entriesMax()) {
      throw new ArchiveRefusedException(
          "The archive has more than " + limits.entriesMax() + " files.");
    }
    Set<String> seen = new HashSet<>();
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!seen.add(entry.getName())) {
        throw new ArchiveRefusedException(
            "The archive has the file " + Names.quoted(entry.getName()) + " twice.");
      }
      total += Math.max(0, entry.getSize());
      Matcher day = DAY.matcher(entry.getName());
      if (!entry.isDirectory() && day.matches()) {
        days.computeIfAbsent(day.group(1), folder -> new TreeMap<>()).put(day.group(2), entry);
      }
    }
    if (total > limits.totalBytesMax()) {
      throw new ArchiveRefusedException(
          "The archive is larger than " + (limits.totalBytesMax() >> 30) + " GiB when unpacked.");
    }
  }

  private List<SlackConversation> readConversations() {
    List<SlackConversation> all = new ArrayList<>();
    boolean anyList = false;
    for (SlackConversation.Kind kind : SlackConversation.Kind.values()) {
      List<JsonNode> listed = list(kind.file());
      if (listed != null) {
        anyList = true;
        listed.forEach(node -> all.add(Lists.conversation(kind, node)));
      }
    }
    if (!anyList) {
      throw new ArchiveRefusedException(
          "This is a zip, but no Slack export: it has none of channels.json, groups.json, mpims.json, dms.json.");
    }
    Set<String> ids = new HashSet<>();
    for (SlackConversation conversation : all) {
      if (!ids.add(conversation.id())) {
        throw new ArchiveRefusedException(
            "The conversation "
                + Names.quoted(conversation.id())
                + " is listed twice in the archive.");
      }
    }
    return List.copyOf(all);
  }

  private static String workspace(List<JsonNode> users) {
    return users.stream()
        .map(user -> user.path("team_id").asText(""))
        .filter(team -> !team.isBlank())
        .findFirst()
        .orElse("slack");
  }

  private @Nullable List<JsonNode> list(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    List<JsonNode> nodes = new ArrayList<>();
    read(entry, nodes::add);
    return nodes;
  }

  private List<JsonNode> day(ZipEntry entry) {
    List<JsonNode> nodes = new ArrayList<>();
    read(entry, nodes::add);
    return nodes;
  }

  private void read(ZipEntry entry, Consumer<JsonNode> each) {
    try (InputStream raw = zip.getInputStream(entry);
        BoundedEntry bounded = new BoundedEntry(raw, entry, limits);
        JsonParser json = MAPPER.createParser(bounded)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw refused(entry, "is no JSON list");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        each.accept(MAPPER.readTree(json));
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw refused(entry, "is a list of something else than objects");
      }
      if (json.nextToken() != null) {
        throw refused(entry, "has something after its JSON list");
      }
      bounded.transferTo(OutputStream.nullOutputStream());
    } catch (JsonProcessingException e) {
      throw refused(entry, "is no valid JSON (line " + e.getLocation().getLineNr() + ")");
    } catch (IOException e) {
      throw refused(entry, "cannot be unpacked, the archive is damaged");
    }
  }

  private static ArchiveRefusedException refused(ZipEntry entry, String why) {
    return new ArchiveRefusedException(
        "The file " + Names.quoted(entry.getName()) + " in the archive " + why + ".");
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
