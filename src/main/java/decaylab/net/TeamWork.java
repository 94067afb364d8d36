package decaylab.net;

import decaylab.parallel.Team;

/** A layer whose arithmetic can be done by a team. DL4J makes layers, so that they are told afterwards. */
interface TeamWork {
    /** Has the team do the layer's work from now on. */
    void use(Team team);
}
