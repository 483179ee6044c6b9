-- Nobody noted before V19 who changed an account. Those that are closed or restricted count as changed here, so that a second import
-- opens none of them again. Rows are locked while it runs, not the table.
update homeserver.account set changed_here = true where deactivated or locked or suspended or shadow_banned;
