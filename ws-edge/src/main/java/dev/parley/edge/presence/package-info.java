/// Who is online and who has a conversation on screen, by leases in Redis that end by themselves
/// where a node dies: `parley:on:<user>`, `parley:here:<conversation>`, `parley:seen:<user>`.
@NullMarked
package dev.parley.edge.presence;

import org.jspecify.annotations.NullMarked;
