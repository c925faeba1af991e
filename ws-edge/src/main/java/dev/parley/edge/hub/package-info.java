/// Live delivery without holes: what this node had of each conversation, who listens to it here,
/// how gaps are filled, how a session resumes.
@NullMarked
package dev.parley.edge.hub;

import org.jspecify.annotations.NullMarked;
