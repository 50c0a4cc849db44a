//! What was sent to which meter, journalled before it goes out.
