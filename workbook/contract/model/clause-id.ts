/** Two words, such as "accept.status". The first names the folder of clauses/ that has the clause, the second its file. */
export type ClauseId = string;
