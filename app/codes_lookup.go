package app

// What can be wrong with a family's question (J8).
const (
	LookupIncomplete  Code = "lookup.incomplete"
	LookupWhom        Code = "lookup.whom" // neither a whole NIK nor a name with a birth date
	LookupNotAnswered Code = "lookup.not_answered"
	LookupAnswerBad   Code = "lookup.answer_unknown"
	LookupCallBackBad Code = "lookup.call_back"
)
