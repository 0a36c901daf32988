"""Who is on watch 值守: people, roster, shift and handover."""
