"""Evaluation templates as shipped 评估模板: headings after the standards, questions in own words.

AQ/T 9009-2015 annexes A and B, and GB/T 46792-2025 annexes A and B. `uncertain` headings could
not be compared with the text of the standard. A district edits its own rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.words import mark
from dispatch.drills.terms import Form


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a template with its questions, to be answered yes, no or not applicable."""

    part: str
    name: str
    questions: tuple[str, ...]
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Shipped:
    """One template as shipped."""

    code: str
    name: str
    standard: str
    form: Form
    headings: tuple[Heading, ...]
    uncertain: bool = False


AQT_PRACTICAL = (
    Heading("A1", mark("eval|Planning and design"), (
        mark("The aims are clear and can be measured: who, under what condition, how well."),
        mark("The scenario rests on assessed risks and on a plan in force."),
        mark("Events follow each other plausibly, with time to act between them."),
        mark("The units that would come in reality take part."),
        mark("Evaluators, and what each looks at, were named beforehand."))),
    Heading("A1", mark("eval|Documents"), (
        mark("Work plan, script, evaluation plan and safety plan are there and approved."),
        mark("The controllers' paper names every inject, its time, and to whom it is given."),
        mark("Participants were told what they need to know, and no more."),
        mark("The public was told beforehand where it might be alarmed."))),
    Heading("A1", mark("eval|Support"), (
        mark("People, roles and stand-ins are named and present."),
        mark("Place, equipment and supplies are ready and were tried out."),
        mark("Controllers talk over channels of their own."),
        mark("A safety officer, a word to stop, and medical cover are there."))),
    Heading("A2", mark("eval|Warning and information report"), (
        mark("The first call was taken down whole: place, time, kind, harm, caller."),
        mark("The leader in charge and the units concerned were told within the time set."),
        mark("The first report went out within the time set, with its elements."),
        mark("Follow-up reports brought new facts, and numbers agreed between units."))),
    Heading("A2", mark("eval|Emergency mobilisation"), (
        mark("The response was started at the right level, by whoever may start it."),
        mark("Forces were called by the plan, with task, place and time limit."),
        mark("Those called mustered and left within the minutes promised."))),
    Heading("A2", mark("eval|Monitoring and assessment"), (
        mark("The danger zone was judged from measurements and weather, and judged again."),
        mark("Experts or reference data were drawn on where needed."),
        mark("What might follow (secondary disasters) was thought of in time."),
    ), uncertain=True),
    Heading("A2", mark("eval|Command and coordination"), (
        mark("A command post was set up, marked, and known to all units."),
        mark("One commander was clear at every moment; handing over was said aloud."),
        mark("Orders were clear, were repeated back, and reached those they were for."),
        mark("Units of several sectors worked to one plan of action."),
    ), uncertain=True),
    Heading("A2", mark("eval|Handling on scene"), (
        mark("The steps on scene followed the plan and fitted the situation."),
        mark("People were searched for and rescued first."),
        mark("The source of danger was isolated or shut off by the right means."),
        mark("A failed step was noticed, and another one taken."),
    ), uncertain=True),
    Heading("A2", mark("eval|Resources"), (
        mark("What was short was seen early and asked for by kind and quantity."),
        mark("Equipment and supplies were handed out against a slip and reached the scene."),
        mark("Relief and rest of the forces were arranged."),
    ), uncertain=True),
    Heading("A2", mark("eval|Communications"), (
        mark("Radio, phone and video joined the scene, the command post and the duty room."),
        mark("A second way of talking was ready when the first failed."),
        mark("Call signs and radio discipline were kept."),
    ), uncertain=True),
    Heading("A2", mark("eval|Public information"), (
        mark("Who speaks to the press was named, and said only what was verified."),
        mark("Rumours were watched for and answered."),
    ), uncertain=True),
    Heading("A2", mark("eval|Protection of people"), (
        mark("Rescuers wore what the danger asked for and were counted in and out."),
        mark("People in danger were warned, moved and counted, the weak ones helped."),
        mark("Shelters were opened, registered and supplied."),
    ), uncertain=True),
    Heading("A2", mark("eval|Cordon and traffic"), (
        mark("The cordon was set by the danger zone and kept."),
        mark("Roads for rescue and for evacuation were kept free."),
        mark("Whoever went in or out was registered."),
    ), uncertain=True),
    Heading("A2", mark("eval|Medical rescue"), (
        mark("The injured were sorted, treated and taken away in order of need."),
        mark("Hospitals were told what and how many were coming."),
        mark("Numbers and whereabouts of the injured were kept and reported."),
    ), uncertain=True),
    Heading("A2", mark("eval|Control of the scene and recovery"), (
        mark("The end of the response was decided on measured facts by whoever may end it."),
        mark("The scene was checked, cleaned and handed over; evidence was kept."),
        mark("Forces were counted, equipment was checked, and both went back to readiness."),
    ), uncertain=True))

AQT_TABLETOP = (
    Heading("B", mark("eval|Preparation"), (
        mark("The aims of the discussion are clear and few."),
        mark("Situation, maps and reference papers were at hand for every table."),
        mark("The host and the recorders knew the script."))),
    Heading("B", mark("eval|Receiving and reporting"), (
        mark("The table named whom to tell, in which order and within which minutes."),
        mark("What a first report must hold was known and drafted."),
        mark("Contacts named were right and in reach."),
    ), uncertain=True),
    Heading("B", mark("eval|Judgement and decision"), (
        mark("The level was judged from the facts given, with its basis."),
        mark("The response level and its measures followed the plan."),
        mark("Consequences and turns for the worse were thought through."),
        mark("Decisions were made in time and written down."),
    ), uncertain=True),
    Heading("B", mark("eval|Command and cooperation"), (
        mark("Duties of each unit were known without looking them up."),
        mark("Gaps and overlaps between units were found and settled."),
        mark("The chain of command was clear to all."),
    ), uncertain=True),
    Heading("B", mark("eval|Forces and supplies"), (
        mark("Forces named could come, and their times were realistic."),
        mark("Supplies and equipment needed were compared with what there is."),
        mark("Support from outside was asked for by the right way."),
    ), uncertain=True),
    Heading("B", mark("eval|Release of information"), (
        mark("What is said to the public, when and by whom was agreed."),
        mark("Families and the press were thought of."),
    ), uncertain=True),
    Heading("B", mark("eval|Discussion and summing up"), (
        mark("Everybody concerned spoke, and the discussion kept to the aims."),
        mark("Weak points of the plan were named."),
        mark("Findings were put together and agreed at the end."),
    ), uncertain=True))

GBT_PRACTICAL = (
    Heading("A", mark("eval|Preparing the drill"), (
        mark("The drill has its place in the yearly plan, with aims that can be measured."),
        mark("Scenario and injects put the weak points of the plan to the test."),
        mark("Organisation, safety and evaluation were fixed in writing."),
        mark("The briefing told everybody roles, rules and the word to stop."))),
    Heading("A", mark("eval|Running and controlling the drill"), (
        mark("Injects were given on time and as written, changes with a reason."),
        mark("Controllers did not lead the participants."),
        mark("The course was recorded with times, pictures and papers."),
        mark("Safety of the drill itself was watched all the time."))),
    Heading("A", mark("eval|Warning and start of the response"), (
        mark("Warning and first facts were received, verified and passed on in time."),
        mark("The level was judged and the response started as the plan says."),
        mark("Duty posts were manned, and the leader took over."))),
    Heading("A", mark("eval|Command and joint action"), (
        mark("Command post, commander and work groups were in place."),
        mark("Plan of action, tasks and feedback formed a closed loop."),
        mark("Departments, forces and the unit concerned shared one picture."),
        mark("Requests to the upper level and to neighbours went by the rules."))),
    Heading("A", mark("eval|Response on scene"), (
        mark("Rescue, control, medical care and evacuation ran in step."),
        mark("Forces arrived within the times of the plan."),
        mark("Skills and equipment met the task."),
        mark("Environment and secondary dangers were watched."))),
    Heading("A", mark("eval|Support of the response"), (
        mark("Communications held, with a second way ready."),
        mark("Supplies, transport and daily needs were looked after."),
        mark("Technical advice and data were at hand."))),
    Heading("A", mark("eval|Information and public opinion"), (
        mark("Reports upward were on time, whole and consistent."),
        mark("What was released was approved first and answered what people asked."))),
    Heading("A", mark("eval|Ending and summing up"), (
        mark("The end was announced, people and equipment were counted."),
        mark("Participants spoke first, then the evaluators, on the spot."),
        mark("Findings led to measures with a person and a deadline."))))

GBT_TABLETOP = (
    Heading("B", mark("eval|Preparing the table-top drill"), (
        mark("Aims, scope and participants fit each other."),
        mark("Papers, maps and rules of the game were handed out beforehand."),
        mark("Host, recorders and evaluators were prepared."))),
    Heading("B", mark("eval|Scenario and questions"), (
        mark("The scenario is plausible and grows step by step."),
        mark("Questions ask for decisions, not for recitals of the plan."),
        mark("New facts came at the right moment."))),
    Heading("B", mark("eval|Analysis and decision"), (
        mark("Facts were asked for and checked before deciding."),
        mark("Level, scope and priorities were judged with reasons."),
        mark("Decisions were clear, in time, and could be carried out."),
        mark("Alternatives were weighed when facts changed."))),
    Heading("B", mark("eval|Division of work and cooperation"), (
        mark("Each department stated its task, its forces and its limits."),
        mark("Hand-overs between departments were settled."),
        mark("Who informs whom was clear."))),
    Heading("B", mark("eval|Test of the plan"), (
        mark("Duties, levels and contacts of the plan proved right."),
        mark("What the plan lacks was named."),
        mark("Changes to the plan were proposed to whoever keeps it."))),
    Heading("B", mark("eval|Summing up"), (
        mark("The main conclusions were drawn and agreed."),
        mark("Follow-up work has a person and a deadline."))))

SHIPPED = (
    Shipped("aqt9009.full", mark("eval|Practical drill, annex A"), "AQ/T 9009-2015", Form.FULL,
            AQT_PRACTICAL),
    Shipped("aqt9009.tabletop", mark("eval|Table-top drill, annex B"), "AQ/T 9009-2015",
            Form.TABLETOP, AQT_TABLETOP),
    Shipped("gbt46792.full", mark("eval|Practical drill, indicators"), "GB/T 46792-2025",
            Form.FULL, GBT_PRACTICAL, uncertain=True),
    Shipped("gbt46792.tabletop", mark("eval|Table-top drill, indicators"), "GB/T 46792-2025",
            Form.TABLETOP, GBT_TABLETOP, uncertain=True))
WORDS = frozenset(words for one in SHIPPED for words in (
    one.name, *(h.name for h in one.headings), *(q for h in one.headings for q in h.questions)))
"""What is said through `t`; what a district wrote itself is shown as it stands."""
