DROP INDEX imports_by_state;
DROP INDEX imports_in_hand;
DROP INDEX imports_by_turn;
